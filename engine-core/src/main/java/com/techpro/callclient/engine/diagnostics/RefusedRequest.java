// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.failure.RefusalReason;
import java.time.Instant;

/**
 * A request that the engine refused by itself and that the host never saw: it explains "my phone
 * never rings". It may belong to a call that continues. Identifies nobody.
 *
 * @param time by the engine's wall clock
 * @param method a method of RFC 3261 or its extensions, or {@code ?} for any other
 * @param status the status code of the answer; 0 if the request was not answered
 * @param unreported how many more were refused since the last one reported; the counters include
 *     them
 */
public record RefusedRequest(Instant time, RefusalReason reason, String method, int status, long unreported) {}
