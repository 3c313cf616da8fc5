// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The response to a request.
 *
 * @param type of the body, with its character set if it is text
 * @param headers in addition to those of every response, or replacing them
 */
@SuppressWarnings("ArrayRecordComponent") // Created and sent, never compared.
record ConsoleReply(int status, String type, byte[] body, Map<String, String> headers) {
    static final ConsoleReply DONE = text(204, "");

    static ConsoleReply text(int status, String text) {
        return of(status, "text/plain", text);
    }

    static ConsoleReply json(String json) {
        return of(200, "application/json", json);
    }

    static ConsoleReply of(int status, String type, String text) {
        return new ConsoleReply(status, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Returns a file for the browser to save. */
    static ConsoleReply download(String name, String type, byte[] file) {
        return new ConsoleReply(
                200, type, file, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
    }

    ConsoleReply with(String header, String value) {
        return new ConsoleReply(status, type, body, Map.of(header, value));
    }

    @Override
    public String toString() {
        return "ConsoleReply[" + status + "]";
    }
}
