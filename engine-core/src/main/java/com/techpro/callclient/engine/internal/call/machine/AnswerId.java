// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

/**
 * Identifies a 2xx to our INVITE that waits for its ACK. The input that reports the 2xx and the
 * effect that acknowledges it carry the same id.
 *
 * @param cseq of our INVITE
 * @param remoteTag of the phone that answered; each has its own dialog (RFC 3261 §13.2.2.4)
 */
public record AnswerId(long cseq, String remoteTag) {}
