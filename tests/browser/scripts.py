"""What runs in the page: it notes layout shifts and drawn texts, and lists what can be pressed.

It knows test ids and roles of Streamlit, and none of our words.
"""

from __future__ import annotations

from typing import Final

INIT_JS: Final = """
window.__shift = 0;
window.__drawn = new Set();
new PerformanceObserver(list => {
    for (const one of list.getEntries()) {
        if (!one.hadRecentInput) window.__shift += one.value;
    }
}).observe({type: 'layout-shift', buffered: true});
const draw = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.__drawn.add(String(text));
    return draw.call(this, text, ...rest);
};
"""

STATE_JS: Final = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const rests = document.querySelector('[data-test-script-state=notRunning]');
    const figures = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
    const isDrawn = figures.every(one => !one.checkVisibility() || one.querySelector('.main-svg'));
    const isReady = !!main && !!rests && !document.querySelector('[data-testid=stSkeleton]') && isDrawn;
    return [isReady, main ? main.innerText : ''];
}"""

SEEN_JS: Final = """() => {
    const texts = selector => [...document.querySelectorAll(selector)].map(one => one.innerText);
    const found = [...window.__drawn];
    const root = document.querySelector('[data-testid=stMainBlockContainer]');
    if (root) {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const parent = walk.currentNode.parentElement;
            if (!parent.closest('[translate=no],code,svg,template') && parent.checkVisibility()) {
                found.push(walk.currentNode.data);
            }
        }
    }
    return {
        boxes: texts('[data-testid=stException]'),
        alerts: texts('[data-testid=stAlertContentError]'),
        lost: texts('[data-testid=stConnectionStatus]'),
        texts: found,
        shift: window.__shift,
    };
}"""

LIST_JS: Final = """() => {
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    const words = one => {
        const copy = one.cloneNode(true);
        all('[translate=no],svg,template', copy).forEach(part => part.remove());
        return (one.getAttribute('aria-label') || copy.textContent).trim().replace(/\\s+/g, ' ').slice(0, 60);
    };
    const found = [];
    all('[data-walk]').forEach(one => one.removeAttribute('data-walk'));
    const add = (kind, one, name) => {
        if (!one || one.hasAttribute('data-walk') || !one.checkVisibility()) return;
        if (one.disabled || one.getAttribute('aria-disabled') === 'true' || all('input:disabled', one).length) return;
        found.push([kind, name || words(one)]);
        one.setAttribute('data-walk', found.length - 1);
    };
    const label = one => {
        const found = one.querySelector('[data-testid=stWidgetLabel]');
        return found ? words(found) : '';
    };
    for (const id of ['stButton', 'stFormSubmitButton', 'stDownloadButton', 'stPopover']) {
        all(`[data-testid=${id}] button`).forEach(one => add(id, one));
    }
    all('[data-testid=stExpander] summary').forEach(one => add('expander', one));
    all('[data-testid=stCheckbox] label').forEach(one => add('check', one));
    all('[data-testid=stRadio] label:has(input)').forEach(one => add('choice', one));
    all('[data-testid=stButtonGroup] button').forEach(one => add('choice', one));
    all('[data-testid=stPagination] button').forEach(one => add('choice', one));
    all('[role=tab]').forEach(one => add('choice', one));
    for (const id of ['stSelectbox', 'stMultiSelect']) {
        all(`[data-testid=${id}]`).forEach(one => add('select', one, label(one)));
    }
    all('[data-testid=stFileUploader]').forEach(one => add('upload', one, label(one)));
    all('[data-testid=stMain] [data-testid=stDataFrame]').forEach(one => add('table', one, 'rows'));
    all('[data-testid=stSidebarNav] a').forEach(one => add('page', one));
    all('[data-testid=stSidebar] [data-testid=stDateInput]').forEach(one => add('day', one, label(one)));
    return found;
}"""
