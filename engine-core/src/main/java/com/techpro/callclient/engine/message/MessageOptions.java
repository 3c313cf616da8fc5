// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

/**
 * The options of sending a text. With a receipt requested, it is sent as {@code message/cpim} (RFC
 * 3862). If the phone does not support that (415), it is sent again as {@code text/plain}, and no
 * receipt will come. Without a receipt, it is sent as {@code text/plain} only.
 *
 * @param deliveryReceipt whether to ask the other side to report that the text arrived, or could
 *     not be delivered (RFC 5438)
 * @param displayReceipt whether to ask the other side to report that the text was displayed
 */
public record MessageOptions(boolean deliveryReceipt, boolean displayReceipt) {
    /** No receipts. */
    public static final MessageOptions DEFAULT = new MessageOptions(false, false);

    /** Both receipts. */
    public static final MessageOptions RECEIPTS = new MessageOptions(true, true);
}
