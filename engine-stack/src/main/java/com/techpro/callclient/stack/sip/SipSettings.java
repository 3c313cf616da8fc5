// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.transaction.Timers;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link SipStack}.
 *
 * @param userAgent the value of User-Agent
 * @param instanceId a {@code urn:uuid:} that stays the same for this installation (RFC 5626 §4.1);
 *     null for none
 * @param sharedConnections whether accounts of the same phone system share a connection, which
 *     makes a thousand accounts cheap
 * @param acceptUntrustedSources lab only: accepts requests from anywhere
 */
public record SipSettings(
        Timers timers,
        TransportLimits limits,
        SipCapabilities capabilities,
        String userAgent,
        @Nullable String instanceId,
        boolean sharedConnections,
        boolean acceptUntrustedSources) {
    public static final SipSettings DEFAULT = new SipSettings(
            Timers.RFC_3261, TransportLimits.DEFAULT, SipCapabilities.DEFAULT, "CallClient", null, false, false);

    /**
     * Returns the Server header of answers: the product's name, without the version and device that
     * User-Agent tells (promise C9).
     */
    public String product() {
        int end = 0;
        while (end < userAgent.length() && userAgent.charAt(end) != '/' && userAgent.charAt(end) != ' ') {
            end++;
        }
        return end == 0 ? "CallClient" : userAgent.substring(0, end);
    }

    public SipSettings withUserAgent(String name) {
        return new SipSettings(
                timers, limits, capabilities, name, instanceId, sharedConnections, acceptUntrustedSources);
    }

    public SipSettings withTimers(Timers other) {
        return new SipSettings(
                other, limits, capabilities, userAgent, instanceId, sharedConnections, acceptUntrustedSources);
    }

    public SipSettings withInstanceId(@Nullable String urn) {
        return new SipSettings(timers, limits, capabilities, userAgent, urn, sharedConnections, acceptUntrustedSources);
    }

    public SipSettings withSharedConnections(boolean shared) {
        return new SipSettings(timers, limits, capabilities, userAgent, instanceId, shared, acceptUntrustedSources);
    }

    /** Returns settings for a lab: anybody who can send a packet can make the phone ring. */
    public SipSettings labAcceptUntrustedSources() {
        return new SipSettings(timers, limits, capabilities, userAgent, instanceId, sharedConnections, true);
    }
}
