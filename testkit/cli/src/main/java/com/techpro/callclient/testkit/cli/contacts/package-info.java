// SPDX-License-Identifier: Apache-2.0
/** An address book in a vCard file: the reference adapter of {@code ContactsPort}. */
@NullMarked
package com.techpro.callclient.testkit.cli.contacts;

import org.jspecify.annotations.NullMarked;
