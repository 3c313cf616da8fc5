// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;

/**
 * Media settings that all calls of one account share.
 *
 * @param identity the certificate for DTLS handshakes
 * @param iceServers the STUN and TURN servers
 * @param keys the key exchanges that the phone system is known to accept
 */
public record AccountMedia(SipAccount account, DtlsIdentity identity, IceServers iceServers, LearntKeys keys) {}
