// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.stack.log.Loggers;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests that the engine refuses by itself, and reports them at a limited rate: ten at
 * once, then one every ten seconds. A scanner on the internet can send a thousand a second, and
 * must not fill a host's log. Belongs to the loop.
 */
final class RefusedRequests {
    private static final int AT_ONCE = 10;
    private static final long ONE_MORE_NANOS = 10_000_000_000L;

    private final Supplier<Instant> now;
    private final LongSupplier nanoTime;
    private final Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
    private final LastEntries<RefusedRequest> last = new LastEntries<>();
    private int allowance = AT_ONCE;
    private long grantedAt;
    private boolean started;
    private long unreported;

    RefusedRequests(Supplier<Instant> now, LongSupplier nanoTime) {
        this.now = now;
        this.nanoTime = nanoTime;
    }

    /**
     * @param status 0 if there is no answer
     * @return null if this one is only counted
     */
    @Nullable
    RefusedRequest refused(RefusalReason reason, String method, int status) {
        counts.merge(reason, 1L, Long::sum);
        grant();
        if (allowance == 0) {
            unreported++;
            return null;
        }
        allowance--;
        RefusedRequest refused =
                new RefusedRequest(now.get(), reason, SipVocabulary.method(method), status, unreported);
        unreported = 0;
        last.add(refused);
        Loggers.REFUSED.info(
                "{} refused: {}, answered {}, {} more since the last",
                refused.method(),
                reason.code(),
                status == 0 ? "nothing" : status,
                refused.unreported());
        return refused;
    }

    private void grant() {
        long time = nanoTime.getAsLong();
        if (!started) {
            started = true;
            grantedAt = time;
        }
        long more = (time - grantedAt) / ONE_MORE_NANOS;
        if (more > 0) {
            allowance = (int) Math.min(AT_ONCE, allowance + more);
            grantedAt += more * ONE_MORE_NANOS;
        }
    }

    LastEntries<RefusedRequest> last() {
        return last;
    }

    /** Returns the counts by {@link RefusalReason#code}, without zeroes. */
    Map<String, Long> counts() {
        Map<String, Long> byCode = new HashMap<>();
        counts.forEach((reason, count) -> byCode.put(reason.code(), count));
        return byCode;
    }
}
