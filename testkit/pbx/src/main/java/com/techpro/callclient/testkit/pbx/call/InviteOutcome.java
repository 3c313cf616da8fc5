// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipResponse;

/** Receives the outcome of an INVITE that a {@link Leg} sent. */
interface InviteOutcome {
    /** 1xx; a re-INVITE has no use for it. */
    default void progress(SipResponse response) {}

    /** The first 2xx; it needs an ACK. */
    void accepted(SipResponse ok);

    /** 3xx: another target is to be called. */
    default void redirected(SipResponse moved) {
        refused(480);
    }

    /** The final status; 408 after a timeout, 503 without a connection. */
    void refused(int status);
}
