package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** All stories together; among them they take every path of every diagram. */
@Suite
@SuiteDisplayName("The acceptance scenarios")
@SelectPackages("org.billingtakeover.scenario")
@IncludeClassNamePatterns(".*Scenarios")
class ScenariosTest {

    @AfterSuite
    static void everyPathOfEveryDiagramWasTaken() {
        assertThat(PathsTaken.drawn()).isPositive();
        assertThat(PathsTaken.never()).as("paths that no scenario takes").isEmpty();
        assertThat(PicturesShowThePath.compared())
                .as("cases whose pictures were compared with the engine's paths")
                .isGreaterThan(30);
    }
}
