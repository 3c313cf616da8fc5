// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.failure;

/**
 * The final response with which the other side refused (RFC 3261 §21), for support. Its words are the other side's, in
 * any language, and nobody has checked them. Prints only its code, as some phone systems name people in the phrase.
 *
 * @param code 300 to 699
 * @param phrase on one line, no longer than 100 characters, without characters that change how text is read; empty if
 *     there was none
 */
public record SipStatus(int code, String phrase) {
    @Override
    public String toString() {
        return "SipStatus[" + code + "]";
    }
}
