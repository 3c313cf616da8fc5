// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.codec.G711;

/**
 * The format of audio between the PBX and a device.
 *
 * @param payloadType of the law
 * @param law the G.711 law of speech
 * @param eventType the payload type of telephone events (RFC 4733); -1 if there are none
 * @param wanted whether the device listens; if not, nothing is sent (RFC 3264 §8.4)
 */
public record VoiceFormat(int payloadType, G711 law, int eventType, boolean wanted) {}
