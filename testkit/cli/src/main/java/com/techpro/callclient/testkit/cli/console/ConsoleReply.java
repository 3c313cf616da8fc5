// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

/** What a request is answered with. */
record ConsoleReply(int status, String type, String body) {
    static final ConsoleReply DONE = text(204, "");

    static ConsoleReply text(int status, String text) {
        return new ConsoleReply(status, "text/plain", text);
    }

    static ConsoleReply html(String page) {
        return new ConsoleReply(200, "text/html", page);
    }

    @Override
    public String toString() {
        return "ConsoleReply[" + status + "]";
    }
}
