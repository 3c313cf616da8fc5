// SPDX-License-Identifier: Apache-2.0
/** How a user logs in to an organisation's phone system, and what it gives the user. */
@NullMarked
package com.techpro.callclient.ports.phonesystem;

import org.jspecify.annotations.NullMarked;
