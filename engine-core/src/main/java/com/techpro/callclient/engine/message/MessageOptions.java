// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

/**
 * How a text is sent. With a receipt asked for it travels as {@code message/cpim} (RFC 3862), and once more as
 * {@code text/plain} to a phone that does not read that (415), which then tells nothing; without, as {@code text/plain} alone.
 *
 * @param deliveryReceipt whether the other side is asked to tell that the text has come, or could not be delivered (RFC 5438)
 * @param displayReceipt whether it is asked to tell that the text was shown
 */
public record MessageOptions(boolean deliveryReceipt, boolean displayReceipt) {
    /** No receipts. */
    public static final MessageOptions DEFAULT = new MessageOptions(false, false);

    /** Both receipts. */
    public static final MessageOptions RECEIPTS = new MessageOptions(true, true);
}
