// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.refer;

import com.techpro.callclient.engine.call.Failure;

/** What became of a REFER. */
public sealed interface ReferralOutcome {
    /** The referee did what it was asked to. */
    record Done() implements ReferralOutcome {}

    /** The referee took it upon itself, and does not tell how it ends. */
    record Accepted() implements ReferralOutcome {}

    /** The referee would not, or could not, or nobody knows. */
    record Failed(Failure why) implements ReferralOutcome {}
}
