// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.media.dtls.DtlsIdentity;
import com.techpro.callclient.ports.phonesystem.SipAccount;

/**
 * What the calls of one account have in common for their sound.
 *
 * @param identity shown in handshakes
 * @param iceServers where ways are asked for
 * @param keys what its phone system was seen to take
 */
record AccountMedia(SipAccount account, DtlsIdentity identity, IceServers iceServers, LearntKeys keys) {}
