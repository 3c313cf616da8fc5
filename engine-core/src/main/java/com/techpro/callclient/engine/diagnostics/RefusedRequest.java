// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.time.Instant;

/**
 * A request that the engine refused by itself, so that nobody heard of it: why "my phone never rings". It may belong to a call that goes on. Names nobody.
 *
 * @param time by the engine's wall clock
 * @param method a method of RFC 3261 or its extensions, or {@code ?} for any other
 * @param status what was answered; 0 if the request was left without an answer
 * @param unreported how many more were refused since the last one that was told; they are in the counters
 */
public record RefusedRequest(Instant time, RefusalReason reason, String method, int status, long unreported) {}
