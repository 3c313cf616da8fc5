// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

/**
 * How the SRTP key in an offer or answer to a phone is falsified (SDES, RFC 4568); see
 * {@link PhoneMediaFaults#tellSrtpKey}.
 */
public enum SrtpKeyFault {
    /** Not at all: it is the key of the media sent to the phone. */
    NONE,
    /** It is another key of the same suite. */
    ANOTHER,
    /** There is none: {@code RTP/SAVP} without {@code a=crypto}. */
    MISSING
}
