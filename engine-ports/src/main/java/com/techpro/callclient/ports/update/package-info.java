// SPDX-License-Identifier: Apache-2.0
/** Whether there is a newer version of the app. */
@NullMarked
package com.techpro.callclient.ports.update;

import org.jspecify.annotations.NullMarked;
