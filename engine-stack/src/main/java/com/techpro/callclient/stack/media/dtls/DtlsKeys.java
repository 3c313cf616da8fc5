// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.stack.media.srtp.SrtpKeys;

/**
 * The result of a handshake.
 *
 * @param local protects what is sent
 * @param remote protects what is received
 */
public record DtlsKeys(SrtpKeys local, SrtpKeys remote) {}
