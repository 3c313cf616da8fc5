// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

/**
 * Names a 2xx to an INVITE of ours that waits for its ACK: the input that brings it and the effect that acknowledges it have the same
 * one.
 *
 * @param cseq of our INVITE
 * @param remoteTag of the phone that answered: each has a dialog of its own (RFC 3261 §13.2.2.4)
 */
record AnswerId(long cseq, String remoteTag) {}
