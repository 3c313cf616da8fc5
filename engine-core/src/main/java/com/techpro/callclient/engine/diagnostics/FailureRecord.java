// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.time.Instant;

/**
 * Something that did not work.
 *
 * @param of what failed, in the words of the loggers: {@code registration}, {@code call}, {@code media}, {@code login}, {@code voicemail}
 * @param id of the account or call within the client, or empty
 * @param code as the API tells it, such as {@code tls-untrusted} or {@code no-codec}
 */
public record FailureRecord(Instant time, String of, String id, String code) {}
