// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.refer;

import com.techpro.callclient.engine.failure.Failure;

/** The outcome of a REFER. */
public sealed interface ReferralOutcome {
    /** The referee carried out the request. */
    record Done() implements ReferralOutcome {}

    /** The referee accepted, and does not report the result. */
    record Accepted() implements ReferralOutcome {}

    /** The referee refused or failed, or the result is unknown. */
    record Failed(Failure why) implements ReferralOutcome {}
}
