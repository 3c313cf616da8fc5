// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * One message of RFC 4475 and what the parser owes it. What layers above owe it (404, 416, 420 ...) is for their own tests to add.
 *
 * @param rejection null for a message that is to be understood
 * @param answer the status sent back for a rejected one, 0 for silence
 */
public record TortureMessage(String file, String section, Rejection rejection, int answer) {
    public static final List<TortureMessage> ALL = List.of(
            parsed("wsinv", "3.1.1.1"),
            parsed("intmeth", "3.1.1.2"),
            parsed("esc01", "3.1.1.3"),
            parsed("escnull", "3.1.1.4"),
            parsed("esc02", "3.1.1.5"),
            parsed("lwsdisp", "3.1.1.6"),
            parsed("longreq", "3.1.1.7"),
            parsed("dblreq", "3.1.1.8"),
            parsed("semiuri", "3.1.1.9"),
            parsed("transports", "3.1.1.10"),
            parsed("mpart01", "3.1.1.11"),
            parsed("unreason", "3.1.1.12"),
            parsed("noreason", "3.1.1.13"),
            rejected("badinv01", "3.1.2.1", Rejection.MALFORMED_HEADER, 400),
            rejected("clerr", "3.1.2.2", Rejection.TRUNCATED, 400),
            rejected("ncl", "3.1.2.3", Rejection.CONTENT_LENGTH, 400),
            rejected("scalar02", "3.1.2.4", Rejection.MALFORMED_HEADER, 400),
            rejected("scalarlg", "3.1.2.5", Rejection.MALFORMED_HEADER, 0),
            rejected("quotbal", "3.1.2.6", Rejection.MALFORMED_HEADER, 400),
            rejected("ltgtruri", "3.1.2.7", Rejection.MALFORMED_START_LINE, 400),
            rejected("lwsruri", "3.1.2.8", Rejection.MALFORMED_START_LINE, 400),
            rejected("lwsstart", "3.1.2.9", Rejection.MALFORMED_START_LINE, 400),
            rejected("trws", "3.1.2.10", Rejection.MALFORMED_START_LINE, 400),
            rejected("escruri", "3.1.2.11", Rejection.MALFORMED_START_LINE, 400),
            // May be ignored by who does not need it: it is, so it is never believed.
            parsed("baddate", "3.1.2.12"),
            rejected("regbadct", "3.1.2.13", Rejection.MALFORMED_HEADER, 400),
            rejected("badaspec", "3.1.2.14", Rejection.MALFORMED_HEADER, 400),
            // Published without the empty line behind its headers; ParserTrapsTest has its display name alone.
            rejected("baddn", "3.1.2.15", Rejection.TRUNCATED, 400),
            rejected("badvers", "3.1.2.16", Rejection.VERSION, 505),
            rejected("mismatch01", "3.1.2.17", Rejection.CSEQ_METHOD, 400),
            rejected("mismatch02", "3.1.2.18", Rejection.CSEQ_METHOD, 400),
            rejected("bigcode", "3.1.2.19", Rejection.MALFORMED_START_LINE, 0),
            parsed("badbranch", "3.2.1"),
            // Ideally 400, but there is nothing to address it with.
            rejected("insuf", "3.3.1", Rejection.MISSING_HEADER, 0),
            parsed("unkscm", "3.3.2"),
            parsed("novelsc", "3.3.3"),
            parsed("unksm2", "3.3.4"),
            parsed("bext01", "3.3.5"),
            parsed("invut", "3.3.6"),
            parsed("regaut01", "3.3.7"),
            rejected("multi01", "3.3.8", Rejection.REPEATED_HEADER, 400),
            rejected("mcl01", "3.3.9", Rejection.REPEATED_HEADER, 400),
            parsed("bcast", "3.3.10"),
            parsed("zeromf", "3.3.11"),
            parsed("cparam01", "3.3.12"),
            parsed("cparam02", "3.3.13"),
            parsed("regescrt", "3.3.14"),
            parsed("sdp01", "3.3.15"),
            parsed("inv2543", "3.4.1"));

    private static TortureMessage parsed(String file, String section) {
        return new TortureMessage(file, section, null, 0);
    }

    private static TortureMessage rejected(String file, String section, Rejection rejection, int answer) {
        return new TortureMessage(file, section, rejection, answer);
    }

    /** The bytes, exactly as published. */
    public byte[] bytes() {
        try (InputStream in = TortureMessage.class.getResourceAsStream("/rfc4475/" + file + ".dat")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    @Override
    public String toString() {
        return section + " " + file;
    }
}
