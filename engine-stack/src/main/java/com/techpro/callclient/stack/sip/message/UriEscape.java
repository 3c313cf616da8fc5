// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent escaping in URIs (RFC 3261 §19.1.2). */
final class UriEscape {
    private static final String HEX = "0123456789ABCDEF";
    private static final String MARK = "-_.!~*'()";
    static final String USER = MARK + "&=+$,;?/";
    static final String PARAMETER = MARK + "[]/:&+$";

    static final String HEADER = MARK + "[]/?:+$";

    private UriEscape() {}

    static String escape(String plain, String alsoAllowed) {
        StringBuilder out = null;
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean allowed = c < 128 && (Character.isLetterOrDigit(c) || alsoAllowed.indexOf(c) >= 0);
            if (!allowed && out == null) {
                out = new StringBuilder(bytes.length + 12).append(plain, 0, i);
            }
            if (out != null) {
                if (allowed) {
                    out.append(c);
                } else {
                    out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                }
            }
        }
        return out == null ? plain : out.toString();
    }

    static String unescape(String text) throws SipParseException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit((char) raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit((char) raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new SipParseException("a percent sign in a URI is followed by two hexadecimal digits");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}
