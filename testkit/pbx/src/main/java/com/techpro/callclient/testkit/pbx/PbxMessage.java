// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/**
 * A MESSAGE that an extension sent.
 *
 * @param from the extension that proved to be its sender
 * @param to whom it is for: the user of its address
 */
public record PbxMessage(String from, String to, String contentType, String body) {}
