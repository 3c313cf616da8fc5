// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;

/**
 * What a handshake is made for.
 *
 * @param local what protects what is sent
 * @param remote what protects what is received
 */
public record DtlsKeys(SrtpKeys local, SrtpKeys remote) {}
