package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract notices when diagrams, tables, forms and code come apart: each example breaks one thing that fits. */
@Tag("slow")
class ContractRulesTest {

    private static final ProcessFiles FILES = FilesOnDisk.read(FilesOnDisk.PROCESSES, FilesOnDisk.FORMS);
    private static final CodeContract CODE = Product.contract();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            change-payer.bpmn     | ${payCommission}              | ${payBalance}                  | “Pay out commission balance” (ServiceTask_PayCommission) names payBalance, but no code of that name exists
            change-payer.bpmn     | ${payCommission}              | ${balance.pay()}               | “Pay out commission balance” (ServiceTask_PayCommission) must name what it does as ${someName}
            change-payer.bpmn     | ${payCommission}              | ${resolveMail}                 | “Pay out commission balance” (ServiceTask_PayCommission) names resolveMail as a JavaDelegate, but the code is a TaskListener
            change-payer.bpmn     | camunda:asyncBefore="true"    | ``                             | “Pay out commission balance” (ServiceTask_PayCommission) reaches beyond the database
            deliver-mail.bpmn     | .${language}                  | .en                            | “Resolve undeliverable mail” (UserTask_ResolveUndeliverableMail) must name its form as its-name.${language}
            deliver-mail.bpmn     | resolve-undeliverable-mail.$  | mend-mail.$                    | needs the form mend-mail.en.form, which does not exist
            deliver-mail.bpmn     | formRefBinding="deployment"   | formRefBinding="latest"        | would use whatever is newest while a case runs
            deliver-mail.bpmn     | UserTask_ResolveUndeliverableMail | UserTask_MendMail          | the code does not know what “Resolve undeliverable mail” (UserTask_MendMail) may send
            deliver-mail.bpmn     | ${resolution == 'retry'}      | ${resolution != 'giveUp'}      | the condition ${resolution != 'giveUp'} of “Yes” (Flow_SendAgainYes) is too clever
            deliver-mail.bpmn     | ${resolution == 'retry'}      | ${solution == 'retry'}         | asks for solution, a variable that the code never sets
            deliver-mail.bpmn     | ${resolution == 'retry'}      | ${resolution}                  | uses resolution as a Boolean, but it is a String
            deliver-mail.bpmn     | camunda:dueDate="P2D"         | camunda:dueDate="${now()}"     | must be ${variable}, or P2D for two days
            deliver-mail.bpmn     | camunda:dueDate="P2D"         | camunda:dueDate="${resolution}" | uses resolution as a Date, but it is a String
            change-payer.bpmn     | errorCode="billing.switchRejected" | errorCode="billing.lost"  | no step ever raises the error billing.lost
            change-payer.bpmn     | name="takeover.changed"        | name="takeover.other"          | nobody ever sends the message takeover.other
            change-payer.bpmn     | EndEvent_Switched             | EndEvent_PayerSwitched         | the code does not know what “Switched” (EndEvent_PayerSwitched) means
            billing-takeover.bpmn | ${outcome == 'switched'}      | ${outcome == 'settled'}        | asks for the outcome settled, which no process ever hands out
            billing-takeover.bpmn | calledElement="ask-client"    | calledElement="ask-customer"   | calls ask-customer, but there is no such diagram
            billing-takeover.bpmn | calledElementBinding="deployment" | calledElementBinding="latest" | “Client confirms or declines” (CallActivity_AskClient) would use whatever is newest
            billing-takeover.bpmn | <camunda:in businessKey="#{execution.processBusinessKey}" /> | `` | “Client confirms or declines” (CallActivity_AskClient) does not hand on the key of the case
            billing-takeover.bpmn | <camunda:out source="outcome" | <camunda:out source="tongue"    | hands on tongue, a variable that the code does not know
            review-new-cost.fr.form | "id": "review-new-cost.fr"  | "id": "review-new-cost"        | its id is review-new-cost. Make it review-new-cost.fr
            review-new-cost.fr.form | "key": "decision"           | "key": "choice"                | the field choice is refused by the server: “Review new cost” (UserTask_ReviewNewCost) may not send it
            review-new-cost.fr.form | "key": "decision"           | "key": "choice"                | the field decision that “Review new cost” (UserTask_ReviewNewCost) expects is missing
            review-new-cost.fr.form | "type": "default",          | "type" "default",              | cannot be read
            deadlines.dmn         | decision id="deadlines"       | decision id="due"              | holds no table with the id deadlines
            deadlines.dmn         | camunda:versionTag            | camunda:diagramRelationId      | has no version tag
            deadlines.dmn         | camunda:historyTimeToLive     | camunda:diagramRelationId      | nothing says how long the history
            """)
    void aFileThatNoLongerFitsIsToldSo(String file, String before, String after, String sentence) {
        assertThat(faults(FilesOnDisk.edited(FILES, file, before, after == null ? "" : after), CODE))
                .anyMatch(fault -> fault.startsWith(file + ": ") && fault.contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deadlines.dmn                      | the code: it asks the table deadlines, but there is no deadlines.dmn. Put that file back.
            watch-stop-dates.bpmn              | the code: the step findTwoPayers is named by no diagram.
            resolve-problem.fr.form            | needs the form resolve-problem.fr.form, which does not exist in forms/.
            deliver-mail.bpmn                  | resolve-undeliverable-mail.en.form: no user task shows this form.
            change-payer.bpmn                  | the code: no diagram catches the error billing.switchRejected.
            billing-takeover.bpmn              | the code: no diagram waits for the message takeover.endedEarly.
            ask-client.bpmn                    | the code: the user task UserTask_RecordClientAnswer, whose entries it checks, is in no diagram.
            """)
    void aMissingFileIsToldSo(String file, String sentence) {
        assertThat(faults(FilesOnDisk.without(FILES, file), CODE)).anyMatch(fault -> fault.contains(sentence));
    }

    @Test
    void aTableThatNobodyAsksIsToldSo() {
        Map<String, String> more = new HashMap<>(FILES.texts());
        more.put("discounts.dmn", FILES.text("deadlines.dmn").replace("\"deadlines\"", "\"discounts\""));

        assertThat(faults(new ProcessFiles(more), CODE))
                .anyMatch(fault -> fault.startsWith("discounts.dmn: no diagram and no code asks this table."));
    }

    @Test
    void aTableThatDoesNotSayWhatItDecidesIsToldSo() {
        Map<String, String> silent = new HashMap<>(FILES.texts());
        silent.put(
                "deadlines.dmn",
                FILES.text("deadlines.dmn")
                        .replaceFirst("<description>[^<]*</description>", "<description></description>"));

        assertThat(faults(new ProcessFiles(silent), CODE))
                .containsExactly("deadlines.dmn: “Deadlines and reminders” (deadlines) has no description."
                        + " Say in a sentence or two what it decides.");
    }

    @Test
    void codeThatNoDiagramUsesIsToldSo() {
        Map<String, Class<?>> beans = new HashMap<>(CODE.beans());
        beans.put("callClient", JavaDelegate.class);
        Map<String, Set<String>> taskInputs = new HashMap<>(CODE.flow().taskInputs());
        taskInputs.put("UserTask_CallClient", Set.of());
        CodeContract more = new CodeContract(
                beans,
                new Contract.Flow(
                        CODE.flow().variables(),
                        with("client.called", CODE.flow().messages()),
                        with("client.silent", CODE.flow().errors()),
                        taskInputs,
                        CODE.flow().handedOut()),
                CODE.groups(),
                CODE.tables());

        assertThat(faults(FILES, more))
                .containsExactlyInAnyOrder(
                        "the code: the step callClient is named by no diagram.",
                        "the code: no diagram waits for the message client.called.",
                        "the code: no diagram catches the error client.silent.",
                        "the code: the user task UserTask_CallClient, whose entries it checks, is in no diagram.");
    }

    private static List<String> faults(ProcessFiles files, CodeContract code) {
        Faults faults = new Faults();
        ContractRules.check(files, code, faults);
        return faults.sentences();
    }

    private static Set<String> with(String one, Set<String> others) {
        Set<String> all = new TreeSet<>(others);
        all.add(one);
        return all;
    }
}
