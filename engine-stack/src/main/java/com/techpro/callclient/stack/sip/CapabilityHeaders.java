// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The values of Allow, Supported and Accept (RFC 3261 §20). They list what this client understands;
 * an account may accept less.
 */
final class CapabilityHeaders {
    private final String allow;
    private final String allowWithoutMessages;
    /** In this order: neither, {@code outbound}, {@code gruu}, both. */
    private final List<String> supported;

    private final String accept;
    private final String acceptWithoutMessages;

    CapabilityHeaders(SipCapabilities capabilities) {
        List<String> methods = new ArrayList<>(capabilities.methods());
        this.allow = String.join(", ", methods);
        methods.remove("MESSAGE");
        this.allowWithoutMessages = String.join(", ", methods);
        List<String> all = capabilities.extensions();
        this.supported = List.of(
                joined(all, Set.of("outbound", "gruu")),
                joined(all, Set.of("gruu")),
                joined(all, Set.of("outbound")),
                joined(all, Set.of()));
        List<String> bodies = new ArrayList<>(capabilities.bodies());
        this.acceptWithoutMessages = String.join(", ", bodies);
        bodies.addAll(capabilities.messageBodies());
        this.accept = String.join(", ", bodies);
    }

    private static String joined(List<String> all, Set<String> without) {
        List<String> extensions = new ArrayList<>(all);
        extensions.removeAll(without);
        return String.join(", ", extensions);
    }

    /**
     * @param messages whether MESSAGE is accepted (RFC 3428)
     */
    String allow(boolean messages) {
        return messages ? allow : allowWithoutMessages;
    }

    /** Returns the value of Supported. If it is empty, the header is omitted. */
    String supported(boolean outbound, boolean gruu) {
        return supported.get((outbound ? 1 : 0) + (gruu ? 2 : 0));
    }

    /**
     * @param messages whether MESSAGE is accepted (RFC 3428)
     */
    String accept(boolean messages) {
        return messages ? accept : acceptWithoutMessages;
    }
}
