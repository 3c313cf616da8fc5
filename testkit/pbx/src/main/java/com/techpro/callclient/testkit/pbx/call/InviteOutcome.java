// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.SipResponse;

/** Hears what becomes of an INVITE that a {@link Leg} sent. */
interface InviteOutcome {
    /** 1xx. */
    void progress(SipResponse response);

    /** The first 2xx; it has to be acknowledged. */
    void accepted(SipResponse ok);

    /** 3xx: somebody else is to be called. */
    default void redirected(SipResponse moved) {
        refused(480);
    }

    /** The final answer, or none: 408 in time, 503 without a connection. */
    void refused(int status);
}
