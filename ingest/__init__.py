"""Reading notices (公文): any file in, one document tree out."""
