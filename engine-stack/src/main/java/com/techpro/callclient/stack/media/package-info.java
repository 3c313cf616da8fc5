// SPDX-License-Identifier: Apache-2.0
/**
 * Media sessions: RTP between the network and two sample rings, on media loops. The path of a
 * packet, in the order of the code. A class is a station if the packet, its payload or its sound
 * passes through its code; values, interfaces and arithmetic on numbers of the packet are not.
 *
 * <pre>
 *   from the network                                      to the network
 *   1  JdkPoller       reads the sockets                  1  the microphone's thread fills a SampleRing
 *   2  MediaLoop       guards, copies for decryption      2  MediaLoop       one slot every 20 ms
 *   3  MediaLink       one socket                         3  MediaStream     its turn
 *   4  MediaStream     RTCP or RTP (RFC 5761)             4  AudioSender     resampler, encoder or DTMF
 *   5  MediaTransport  STUN, DTLS, or RTP (RFC 7983)      5  OutgoingPackets header; wait between keys
 *   6  Protection      which keys                         6  Protection      which keys
 *   7  SrtpContext     roll-over, replay                  7  SrtpContext     SRTP: encrypt, authenticate
 *   8  an SrtpCipher   authenticates, decrypts            8  MediaTransport  socket or relay
 *   9  AudioReceiver   source, sequence                   9  MediaLink       one socket
 *  10  Depacketizer    payload type
 *  11  JitterBuffer    order, and when each is due
 *  12  PacketBuffer    keeps it until then
 *  13  Playout         joins what follows
 *  14  a Decoder       decodes
 *  15  LossConcealment bridges gaps
 *  16  TimeScaling     expands, accelerates
 *  17  PlaybackRing    the speaker's thread reads it
 *  18  SampleRing      without a lock
 * </pre>
 *
 * <p>Then come the engine's {@code DeviceChain}, with tones, a meter and the echo canceller's
 * reference, and the device's adapter.
 */
@NullMarked
package com.techpro.callclient.stack.media;

import org.jspecify.annotations.NullMarked;
