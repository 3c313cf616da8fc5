// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

/** The parts of a fake client that its accounts use. */
record FakeParts(
        FakeContext context,
        FakeCalls calls,
        FakeTextMessages textMessages,
        FakeConferences conferences,
        FakeReports reports) {
    static FakeParts create(FakeContext context) {
        return new FakeParts(
                context,
                new FakeCalls(context, new FakePeople(context), new FakeIncomingCalls(context)),
                new FakeTextMessages(context),
                new FakeConferences(context),
                new FakeReports(context));
    }

    FakePeople people() {
        return calls.people();
    }

    FakeIncomingCalls incomingCalls() {
        return calls.incomingCalls();
    }
}
