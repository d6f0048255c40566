"""The look of the assistant: a calm, official one, light and dark, with nothing fetched from elsewhere."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views.words import t

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", sans-serif'
_LIGHT = {"primaryColor": "#1f4e79", "backgroundColor": "#ffffff", "secondaryBackgroundColor": "#f2f5f8", "textColor": "#1d2733", "linkColor": "#1f5f9e", "borderColor": "#d5dce4"}
_DARK = {"primaryColor": "#4f8fc9", "backgroundColor": "#151b23", "secondaryBackgroundColor": "#1e2732", "textColor": "#e4e9ef", "linkColor": "#8fc1ef", "borderColor": "#38434f"}
_STYLE = """<style>
.block-container, [data-testid="stMainBlockContainer"] { padding-top: 4.2rem; padding-bottom: 3rem; max-width: 1240px; }
h1 { font-size: 1.6rem !important; padding: .2rem 0 .4rem !important; }
[data-testid="InputInstructions"], [data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"] button > * { display: none; } [data-testid="stFileUploaderDropzone"] button::after { content: "CHOOSE"; font-size: 14px; }
[data-testid="stHeader"] { border-bottom: 3px solid #1f4e79; }
@media (min-width: 701px) { [data-testid="stColumn"]:has(.st-key-aside) { position: sticky; top: 4.4rem; align-self: flex-start; max-height: calc(100vh - 5rem); overflow: auto; } }
@media (max-width: 700px) { .block-container, [data-testid="stMainBlockContainer"] { padding-left: .8rem; padding-right: .8rem; } h1 { font-size: 1.3rem !important; } }
@media print { [data-testid="stHeader"], [data-testid="stSidebar"], .stButton, .stDownloadButton, .st-key-filters, .st-key-beside { display: none !important; } [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; } }
</style>"""


def theme_options() -> dict[str, Any]:
    """The theme as options of the server."""
    options: dict[str, Any] = {"theme.font": FONT, "theme.headingFont": FONT, "theme.baseRadius": "4px"}
    for name, colours in (("light", _LIGHT), ("dark", _DARK)):
        options |= {f"theme.{name}.{key}": value for key, value in colours.items()}
    return options


def dress() -> None:
    """What the theme has no option for."""
    st.html(_STYLE.replace("CHOOSE", t("frame.choose")))
