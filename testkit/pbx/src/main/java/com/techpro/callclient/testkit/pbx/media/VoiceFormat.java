// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.codec.G711;

/**
 * In what the PBX and a device speak to each other.
 *
 * @param payloadType of the law
 * @param law what speech is written in
 * @param eventType the payload type of telephone events (RFC 4733); -1 if there are none
 * @param wanted whether the device listens; while it does not, it is sent nothing (RFC 3264 §8.4)
 */
public record VoiceFormat(int payloadType, G711 law, int eventType, boolean wanted) {}
