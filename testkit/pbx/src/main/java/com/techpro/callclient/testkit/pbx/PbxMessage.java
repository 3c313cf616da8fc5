// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/**
 * A MESSAGE that an extension sent.
 *
 * @param from the authenticated sender's extension
 * @param to the user part of the recipient's address
 */
public record PbxMessage(String from, String to, String contentType, String body) {}
