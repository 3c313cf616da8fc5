// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.techpro.callclient.testkit.soak.report.SoakReport.CallSummary;
import java.util.List;
import java.util.Locale;

/**
 * The calls one by one, with a search field that shows only those containing all typed words.
 * Without script it is a plain table.
 */
final class CallTable {
    /** Well-formed as XML too: nothing in it needs escaping. */
    private static final String SCRIPT = """
            <script>
            const search = document.getElementById('call-search');
            const rows = Array.from(document.querySelectorAll('#calls tbody tr'));
            const texts = rows.map(row => Array.from(row.cells, cell => cell.textContent).join(' ').toLowerCase());
            function show() {
              const words = search.value.toLowerCase().split(' ');
              rows.forEach((row, i) => { row.hidden = !words.every(word => texts[i].includes(word)); });
              document.getElementById('calls-shown').textContent =
                rows.filter(row => !row.hidden).length + ' of ' + rows.length + ' shown';
            }
            search.addEventListener('input', show);
            document.getElementById('calls-filter').hidden = false;
            show();
            </script>
            """;

    private CallTable() {}

    static String of(List<CallSummary> calls, long finished) {
        if (calls.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2 id=\"calls-title\">Calls</h2>\n");
        if (finished > calls.size()) {
            html.append("<p class=\"note\">The first ")
                    .append(calls.size())
                    .append(" of ")
                    .append(finished)
                    .append(".</p>\n");
        }
        html.append("<p id=\"calls-filter\" hidden=\"hidden\"><label for=\"call-search\">Search</label>"
                + " <input id=\"call-search\" type=\"search\" placeholder=\"#3 opus faultless\" autocomplete=\"off\"/>"
                + " <span id=\"calls-shown\" class=\"note\" role=\"status\"></span></p>\n"
                + "<div class=\"wide tall\" tabindex=\"0\" role=\"region\" aria-labelledby=\"calls-title\"><table id=\"calls\">\n"
                + "<thead><tr><th>Call</th><th>Extensions</th><th>Outcome</th><th>Codec</th><th>Set up</th><th>Talked</th>"
                + "<th>Gaps</th><th>One way</th><th>MOS</th></tr></thead>\n<tbody>\n");
        calls.forEach(call -> html.append(row(call)));
        return html.append("</tbody>\n</table></div>\n").append(SCRIPT).toString();
    }

    private static String row(CallSummary call) {
        return String.format(
                Locale.ROOT,
                "<tr><td>%d</td><td class=\"short\">#%d → #%d</td><td class=\"%s\">%s</td><td>%s</td><td>%s</td><td>%s</td>"
                        + "<td>%s</td><td>%s</td><td>%s</td></tr>%n",
                call.call(),
                call.caller(),
                call.callee(),
                call.outcome().equals("faultless") ? "good" : "bad",
                Html.escape(call.outcome()),
                Html.escape(call.codec()),
                figure("%.0f ms", call.setUpMillis()),
                figure("%.1f s", call.talkedSeconds()),
                figure("%.2f %%", call.worstGapPercent()),
                figure("%.0f ms", call.oneWayDelayMillis()),
                figure("%.2f", call.worstMos()));
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
