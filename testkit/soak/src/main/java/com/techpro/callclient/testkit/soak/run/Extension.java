// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.Account;

/**
 * One registered user of the soak.
 *
 * @param index what reports call it
 * @param number what is dialled; in no report
 * @param media what its account speaks
 */
record Extension(int index, String number, MediaChoice media, Account account) {
    @Override
    public String toString() {
        return "#" + index;
    }
}
