import { useState } from 'preact/hooks'
import { isJson, type Json, objects, text } from '../../json.ts'
import { plainWords, TextObject } from '../text/Text.tsx'
import { Element } from './Element.tsx'
import { Input } from './Input.tsx'
import { RichText } from './RichText.tsx'

/** Block Kit, as Slack draws it. */
export function Blocks({ blocks }: { blocks: readonly Json[] }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <Block key={text(block.block_id) || index} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { block: Json }) {
  switch (block.type) {
    case 'header':
      return <h3 class="block header">{plainWords(block.text)}</h3>
    case 'section':
      return <Section block={block} />
    case 'context':
      return (
        <div class="block context">
          {objects(block.elements).map((element, index) =>
            element.type === 'image' ? (
              <img key={index} src={text(element.image_url)} alt={text(element.alt_text)} />
            ) : (
              <TextObject key={index} of={element} />
            ),
          )}
        </div>
      )
    case 'divider':
      return <hr class="block" />
    case 'actions':
      return (
        <div class="block actions">
          {objects(block.elements).map((element, index) => (
            <Element key={text(element.action_id) || index} block={block} element={element} />
          ))}
        </div>
      )
    case 'image':
      return <Picture block={block} />
    case 'rich_text':
      return (
        <div class="block">
          <RichText block={block} />
        </div>
      )
    case 'input':
      return <Input block={block} />
    case 'markdown':
      return <div class="block words">{text(block.text)}</div>
    case 'alert':
      return (
        <div class="block alert">
          <TextObject of={block.text} />
        </div>
      )
    case 'table':
      return <Table block={block} />
    default:
      return <p class="block unknown">The demo does not draw "{text(block.type)}" blocks.</p>
  }
}

function Section({ block }: { block: Json }) {
  const { accessory } = block
  const fields = objects(block.fields)
  return (
    <div class="block section">
      <div class="section-text">
        {isJson(block.text) && <TextObject of={block.text} />}
        {fields.length > 0 && (
          <div class="fields">
            {fields.map((field, index) => (
              <div key={index}>
                <TextObject of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isJson(accessory) && (
        <div class="accessory">
          {accessory.type === 'image' ? (
            <img class="thumbnail" src={sourceOf(accessory)} alt={text(accessory.alt_text)} />
          ) : (
            <Element block={block} element={accessory} />
          )}
        </div>
      )}
    </div>
  )
}

/** A file of Slack's is served by the demo itself. */
function sourceOf(image: Json): string {
  const file = isJson(image.slack_file) ? image.slack_file : null
  return text(image.image_url) || text(file?.url) || (file ? `/demo/files/${encodeURIComponent(text(file.id))}` : '')
}

function Picture({ block }: { block: Json }) {
  const [isBroken, setBroken] = useState(false)
  const title = plainWords(block.title)
  return (
    <figure class="block picture">
      {title && <figcaption>{title}</figcaption>}
      {isBroken ? (
        <p class="unknown">{text(block.alt_text)}</p>
      ) : (
        <img src={sourceOf(block)} alt={text(block.alt_text)} onError={() => setBroken(true)} />
      )}
    </figure>
  )
}

function Table({ block }: { block: Json }) {
  const rows = Array.isArray(block.rows) ? block.rows.map(objects) : []
  return (
    <div class="block table">
      <table>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, index) => {
                const Cell = row === 0 ? 'th' : 'td'
                return (
                  <Cell key={index}>{cell.type === 'rich_text' ? <RichText block={cell} /> : text(cell.text)}</Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
