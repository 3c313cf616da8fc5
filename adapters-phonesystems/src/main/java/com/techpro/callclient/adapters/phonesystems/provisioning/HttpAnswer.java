// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import java.time.Instant;
import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** A server's whole answer, of bounded size. {@code toString} omits its content. */
public final class HttpAnswer {
    private final int status;
    private final Headers headers;
    private final List<String> challenges;
    private final @Nullable String elsewhere;
    private final byte[] body;
    private final Instant received;

    HttpAnswer(
            int status,
            Headers headers,
            List<String> challenges,
            @Nullable String elsewhere,
            byte[] body,
            Instant received) {
        this.status = status;
        this.headers = headers;
        this.challenges = challenges;
        this.elsewhere = elsewhere;
        this.body = body;
        this.received = received;
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public byte[] body() {
        return body;
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Returns each challenge as one text, {@code scheme name="value", ...}. */
    public List<String> challenges() {
        return challenges;
    }

    /**
     * Returns the path of a redirect within the same server; null for another server or no
     * redirect.
     */
    @Nullable
    String elsewhere() {
        return elsewhere;
    }

    /** Returns the login's refusal for an unsuccessful answer. */
    public LoginRefusedException refusal() {
        return refusal(status, header("Retry-After"), received);
    }

    static LoginRefusedException refusal(int status, @Nullable String retryAfterHeader, Instant received) {
        var retryAfter = RetryAfter.parse(retryAfterHeader, received);
        Reason reason = switch (status) {
            case 401 -> Reason.WRONG_CREDENTIALS;
            // Retry-After means that the refusal is temporary.
            case 403 -> retryAfter == null ? Reason.NOT_ALLOWED : Reason.LOCKED_OUT;
            case 423, 429 -> Reason.LOCKED_OUT;
            case 408 -> Reason.SERVER_FAILED;
            default -> status >= 500 ? Reason.SERVER_FAILED : Reason.NOT_A_PHONE_SYSTEM;
        };
        return new LoginRefusedException(reason, retryAfter, null);
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + "]";
    }
}
