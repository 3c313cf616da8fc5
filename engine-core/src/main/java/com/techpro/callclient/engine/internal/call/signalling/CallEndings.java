// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.message.SipResponse;

/** How a call ends by a final response to its INVITE. */
public final class CallEndings {
    private CallEndings() {}

    /**
     * @param why the result of {@link StatusMeaning#failure}, or of the digest authentication
     * @param refusedMedia the reason to report if our session description was refused
     * @param rang whether a phone may have rung
     */
    public static CallEnding of(SipResponse response, Failure why, MediaProblem refusedMedia, boolean rang) {
        return switch (StatusMeaning.ofInvite(response, rang)) {
            case BUSY -> new CallEnding.Busy();
            case DECLINED -> new CallEnding.Declined();
            case NOT_FOUND -> new CallEnding.NotFound();
            case UNAVAILABLE -> new CallEnding.Unavailable();
            case TIMED_OUT, CANCELLED -> new CallEnding.NoAnswer();
            case MEDIA, BODY -> new CallEnding.Failed(new Failure.MediaRefused(refusedMedia));
            case CREDENTIALS, FORBIDDEN, NO_DIALOG, INTERVAL, GLARE, UNSUPPORTED, REDIRECTED, SERVER_ERROR, OTHER ->
                new CallEnding.Failed(why);
        };
    }
}
