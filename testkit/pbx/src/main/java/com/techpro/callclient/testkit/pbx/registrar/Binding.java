// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.registrar;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.time.Instant;
import java.util.List;

/**
 * A registered device of an extension. It is reached over the flow of its registration (RFC 5626
 * §7.3), through the proxies in its Path (RFC 3327).
 */
public record Binding(
        String extension,
        String key,
        NameAddr contact,
        Flow flow,
        List<NameAddr> path,
        String callId,
        long cseq,
        Instant expires,
        Timer expiry) {
    /** Redacted: a contact is personal. */
    @Override
    public String toString() {
        return "Binding[expires " + expires + "]";
    }
}
