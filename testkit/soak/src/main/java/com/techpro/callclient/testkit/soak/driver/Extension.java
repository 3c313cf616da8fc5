// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;

/**
 * One registered user of the soak.
 *
 * @param index identifies it in reports
 * @param number the number to dial; in no report
 * @param media its account's codecs, keys and path
 */
public record Extension(int index, String number, MediaChoice media, Account account) {
    @Override
    public String toString() {
        return "#" + index;
    }
}
