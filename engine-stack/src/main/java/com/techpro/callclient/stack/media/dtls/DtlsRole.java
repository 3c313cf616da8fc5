// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

/**
 * The role in a handshake: the end that is {@code active} by {@code a=setup} is the client (RFC
 * 5763 §5).
 */
public enum DtlsRole {
    CLIENT,
    SERVER
}
