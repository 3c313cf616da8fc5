// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.registrar;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * GRUUs: addresses of one device of a user, on any of its flows (RFC 5627 §5). On the signalling
 * loop.
 */
public final class InstanceAddresses {
    private static final String TEMPORARY = "tgruu.";
    private static final int MOST_TEMPORARY = 10_000;

    private final String domain;
    private final Random random;
    private final Map<String, Instance> temporary = new LinkedHashMap<>();

    public InstanceAddresses(String domain, Random random) {
        this.domain = domain;
        this.random = random;
    }

    /** @param id the value of {@code +sip.instance} without quotes */
    record Instance(String extension, String id) {}

    /**
     * Returns the Contact of a binding with its GRUUs: the public one, and a temporary one that is
     * valid while the PBX runs.
     */
    NameAddr withAddresses(String extension, NameAddr contact) {
        String id = contact.param("+sip.instance");
        if (id == null || id.length() < 3) {
            return contact;
        }
        String user = TEMPORARY + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        temporary.put(user, new Instance(extension, id));
        if (temporary.size() > MOST_TEMPORARY) {
            temporary.remove(temporary.keySet().iterator().next());
        }
        String open = SipUri.of("sip", extension, domain, 0)
                .withParam("gr", id.substring(1, id.length() - 1))
                .encode();
        String anonymous = SipUri.of("sip", user, domain, 0).withParam("gr", "").encode();
        return contact.withParam("pub-gruu", "\"" + open + "\"").withParam("temp-gruu", "\"" + anonymous + "\"");
    }

    @Nullable
    Instance instance(SipUri uri) {
        String gr = uri.param("gr");
        String user = uri.user();
        if (gr == null || user == null) {
            return null;
        }
        return gr.isEmpty() ? temporary.get(user) : new Instance(user, "<" + gr + ">");
    }
}
