// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

/** Pieces of HTML. */
public final class Html {
    private Html() {}

    /** Returns a table's row of two cells. */
    public static String row(String label, String value) {
        return "<tr><td>" + escape(label) + "</td><td>" + escape(value) + "</td></tr>\n";
    }

    /** Returns text for an element or an attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
