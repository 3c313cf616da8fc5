// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import java.util.List;

class FakeNotificationsContractTest extends NotificationPortContract {
    private final FakeNotifications fake = new FakeNotifications();

    @Override
    protected NotificationPort port() {
        return fake;
    }

    @Override
    protected List<String> shown() {
        return fake.shown().stream().map(Notice::id).toList();
    }

    @Override
    protected String remembered() {
        StringBuilder all = new StringBuilder(fake.ever().toString());
        fake.shown().forEach(notice -> {
            if (notice instanceof Notice.MissedCall missed) {
                all.append(missed.name()).append(missed.number());
            }
        });
        return all.toString();
    }

    @Override
    protected boolean refuse() {
        fake.refuse();
        return true;
    }
}
