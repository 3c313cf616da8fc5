// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

/**
 * The frame of a self-contained HTML page, with the colours of {@link Chart}: no other files, no
 * network, and no script.
 */
public final class HtmlPage {
    /** Follows the page's content. */
    public static final String END = "</main>\n</body>\n</html>\n";

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #5f6975; --line: #d9dee4; --card: #f6f8fa;
              --good: #1a7f37; --good-back: #dafbe1; --bad: #b42318; --bad-back: #ffe7e4; --open: #8a5a00; --open-back: #fff3d1; --c1: #0b64c0; --c2: #b3450f; --c3: #2b7a3d; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --paper: #111519; --faint: #9aa4af; --line: #2c343c;
              --card: #181e24; --good: #57d27a; --good-back: #10301b; --bad: #ff8a7d; --bad-back: #3d1512; --open: #f0b429; --open-back: #362806; --c1: #6cb2ff; --c2: #ff9d66;
              --c3: #6fd58a; } }
            * { box-sizing: border-box; }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 66rem; margin: 2rem auto;
              padding: 0 1rem; }
            h1 { font-size: 1.1rem; margin: 0; font-weight: 600; color: var(--faint); }
            h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; } h3 { font-size: .95rem; margin: 1.2rem 0 .2rem; color: var(--faint); }
            .verdict { border-radius: .6rem; padding: 1rem 1.2rem; margin: .6rem 0 1rem; border-left: .5rem solid; }
            .verdict b { font-size: 1.7rem; line-height: 1.2; display: block; } .verdict ul { margin: .5rem 0 0; padding-left: 1.2rem; }
            .verdict.good { background: var(--good-back); border-color: var(--good); }
            .verdict.open { background: var(--open-back); border-color: var(--open); }
            .verdict.open b { color: var(--open); }
            .verdict.bad { background: var(--bad-back); border-color: var(--bad); }
            .verdict.good b, td.good { color: var(--good); } .verdict.bad b, td.bad { color: var(--bad); } td.bad { font-weight: 600; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin: 1.2rem 0; }
            .tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
            .tile b { display: block; font-size: 1.4rem; } .tile span { color: var(--faint); font-size: .85rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1.2rem; }
            figure { margin: 0; } figcaption { font-weight: 600; font-size: .9rem; }
            svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; }
            .axis { fill: var(--faint); } .legend { fill: var(--ink); } .grid { stroke: var(--line); stroke-width: 1; }
            .line { fill: none; stroke-width: 1.8; } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); }
            .wide { overflow-x: auto; } .tall { max-height: 32rem; overflow-y: auto; }
            .tall th { position: sticky; top: 0; background: var(--paper); }
            input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--faint); border-radius: .3rem;
              padding: .2rem .5rem; width: min(20rem, 100%); }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            th { font-weight: 600; color: var(--faint); } .note { color: var(--faint); }
            td.good, td.bad, td.short { white-space: nowrap; }
            table.figures td:first-child { width: 22rem; color: var(--faint); }
            @media print { .tall { max-height: none; } body { margin: 0; max-width: none; } figure, tr, .tile { break-inside: avoid; } }
            """;

    private HtmlPage() {}

    /**
     * Returns what precedes the page's content.
     *
     * @param title plain text
     */
    public static String head(String title) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.escape(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n";
    }

    /** Returns a chart with its caption, which is plain text. */
    public static String figure(String caption, Chart chart) {
        return "<figure><figcaption>" + Html.escape(caption) + "</figcaption>\n" + chart.svg(Html.escape(caption))
                + "</figure>\n";
    }
}
