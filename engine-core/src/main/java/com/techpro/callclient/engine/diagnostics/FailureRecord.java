// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.time.Instant;

/**
 * A failure.
 *
 * @param of what failed, by logger name: {@code registration}, {@code call}, {@code media},
 *     {@code login}, {@code voicemail}
 * @param id the id of the account or call within the client, or empty
 * @param code the code in the API, such as {@code tls-untrusted} or {@code no-codec}
 */
public record FailureRecord(Instant time, String of, String id, String code) {}
