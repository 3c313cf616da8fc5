// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import java.util.Locale;

/**
 * The parameters of an Opus receiver (RFC 7587 §6.1). Missing or invalid ones have the RFC's
 * defaults. The stereo preference is not read: mono is sent in any case.
 *
 * @param maxPlaybackRate the highest sample rate that it plays
 * @param maxAverageBitrate the highest bit rate that it accepts, in bits a second
 * @param inbandFec whether it uses redundancy
 * @param dtx whether it prefers that silence is omitted
 * @param constantBitrate whether it prefers packets of one size
 * @param leastPacketMillis the shortest packets that it accepts
 */
record OpusParameters(
        int maxPlaybackRate,
        int maxAverageBitrate,
        boolean inbandFec,
        boolean dtx,
        boolean constantBitrate,
        int leastPacketMillis) {
    private static final int LEAST_RATE = 8_000;
    static final int LEAST_BITRATE = 6_000;
    static final int MOST_BITRATE = 510_000;
    /** The default is three; our packets are never that short. */
    private static final int ANY_PACKET = 3;

    private static final int LONGEST_MINPTIME = 60;

    static OpusParameters parse(String fmtp) {
        int playback = Opus.RATE;
        int bitrate = MOST_BITRATE;
        boolean fec = false;
        boolean dtx = false;
        boolean constant = false;
        int least = ANY_PACKET;
        for (String parameter : fmtp.split(";")) {
            String[] words = parameter.split("=", 2);
            String name = words[0].trim().toLowerCase(Locale.ROOT);
            String value = words.length == 2 ? words[1].trim() : "";
            switch (name) {
                case "maxplaybackrate" -> playback = within(value, LEAST_RATE, Opus.RATE, playback);
                case "maxaveragebitrate" -> bitrate = within(value, LEAST_BITRATE, MOST_BITRATE, bitrate);
                case "useinbandfec" -> fec = value.equals("1");
                case "usedtx" -> dtx = value.equals("1");
                case "cbr" -> constant = value.equals("1");
                case "minptime" -> least = within(value, ANY_PACKET, LONGEST_MINPTIME, least);
                default -> {}
            }
        }
        return new OpusParameters(playback, bitrate, fec, dtx, constant, least);
    }

    private static int within(String value, int least, int most, int otherwise) {
        if (value.isEmpty() || value.length() > 6) {
            return otherwise;
        }
        int number = 0;
        for (int i = 0; i < value.length(); i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                return otherwise;
            }
            number = 10 * number + digit - '0';
        }
        return number >= least && number <= most ? number : otherwise;
    }
}
