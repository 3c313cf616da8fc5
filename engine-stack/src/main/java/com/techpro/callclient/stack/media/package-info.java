// SPDX-License-Identifier: Apache-2.0
/**
 * Media sessions: RTP between the network and two sample rings, on media loops. The path of a
 * packet, in the order of the code:
 *
 * <pre>
 *   from the network                                      to the network
 *   1  MediaLoop       polls the sockets                  1  the microphone's thread fills a SampleRing
 *   2  MediaLink       one socket                         2  MediaLoop       one slot every 20 ms
 *   3  MediaTransport  STUN, DTLS, or RTP (RFC 7983)      3  MediaStream     its turn
 *   4  MediaStream     RTCP or RTP (RFC 5761)             4  AudioSender     resampler, encoder or DTMF, RTP header
 *   5  Protection      SRTP: authenticate, decrypt        5  OutgoingPackets wait at the end of a handshake
 *   6  RtpPacket       a view of the header               6  Protection      SRTP: encrypt, authenticate
 *   7  RemoteAddress   latch to an authentic source       7  RemoteAddress   where to
 *   8  AudioReceiver   source, sequence, payload type     8  MediaTransport  socket or relay
 *   9  JitterBuffer    order, and when each is due        9  MediaLink       one socket
 *  10  Playout         decoder, concealment, time scaling
 *  11  PlaybackRing    the speaker's thread reads it
 * </pre>
 */
@NullMarked
package com.techpro.callclient.stack.media;

import org.jspecify.annotations.NullMarked;
