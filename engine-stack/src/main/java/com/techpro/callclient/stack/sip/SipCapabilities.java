// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import java.util.List;

/**
 * The user agent's capabilities, as announced in Allow, Supported and Accept.
 *
 * @param methods other methods are answered with 405
 * @param extensions option tags; a Require of any other is answered with 420
 * @param bodies content types understood
 * @param messageBodies content types understood in MESSAGE, if that is accepted
 */
public record SipCapabilities(
        List<String> methods, List<String> extensions, List<String> bodies, List<String> messageBodies) {
    public static final SipCapabilities DEFAULT = new SipCapabilities(
            List.of(
                    "INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UPDATE", "PRACK", "NOTIFY", "REFER",
                    "MESSAGE"),
            List.of(
                    "path",
                    "outbound",
                    "gruu",
                    "timer",
                    "replaces",
                    "norefersub",
                    "tdialog",
                    ReliableProvisional.OPTION),
            List.of("application/sdp", "multipart/mixed", "multipart/alternative"),
            List.of("text/plain", "message/cpim", "message/imdn+xml"));

    public SipCapabilities {
        methods = List.copyOf(methods);
        extensions = List.copyOf(extensions);
        bodies = List.copyOf(bodies);
        messageBodies = List.copyOf(messageBodies);
    }
}
