// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a final response that says no means to the user (RFC 3261 §21). */
public final class StatusFailure {
    private static final long LONGEST_RETRY_AFTER_SECONDS = Duration.ofDays(1).getSeconds();

    private StatusFailure() {}

    static Failure of(SipResponse response) {
        return of(response.status(), retryAfter(response));
    }

    /** Of a response that somebody else got, of which the status alone is known. */
    public static Failure of(int status) {
        return of(status, null);
    }

    private static Failure of(int status, @Nullable Duration retryAfter) {
        return switch (status) {
            case 401, 407 -> new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS);
            case 403 -> new Failure.Forbidden();
            case 404, 410, 484, 604 -> new Failure.NotFound();
            case 408 -> new Failure.TimedOut(Failure.Waited.RESPONSE);
            case 480 -> new Failure.TimedOut(Failure.Waited.ANSWER);
            case 488, 606 -> new Failure.MediaRefused(Failure.MediaProblem.NO_COMMON_CODEC);
            case 300, 301, 302, 305, 380 -> new Failure.Redirected(status);
            default ->
                status >= 500 && status < 600
                        ? new Failure.ServerError(status, retryAfter)
                        : new Failure.Rejected(status);
        };
    }

    /** Not longer than a day, whatever the server writes. */
    private static @Nullable Duration retryAfter(SipResponse response) {
        long seconds = response.number("Retry-After");
        return seconds < 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS));
    }
}
