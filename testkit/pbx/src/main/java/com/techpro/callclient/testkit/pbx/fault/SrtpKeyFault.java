// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

/** What is wrong with the key of SRTP that a phone is told in an offer or an answer (SDES, RFC 4568); see {@link PhoneMediaFaults#tellSrtpKey}. */
public enum SrtpKeyFault {
    /** Nothing: it is told the key by which it is sent sound. */
    NONE,
    /** It is told another one, of the same suite. */
    ANOTHER,
    /** It is told none: {@code RTP/SAVP} without {@code a=crypto}. */
    MISSING
}
