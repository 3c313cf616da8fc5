// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.media.dtls.DtlsIdentity;
import com.techpro.callclient.ports.phonesystem.SipAccount;

/**
 * Media settings that all calls of one account share.
 *
 * @param identity the certificate for DTLS handshakes
 * @param iceServers the STUN and TURN servers
 * @param keys the key exchanges that the phone system is known to accept
 */
record AccountMedia(SipAccount account, DtlsIdentity identity, IceServers iceServers, LearntKeys keys) {}
